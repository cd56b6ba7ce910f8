;; At a join, locals are moved only where the paths differ: the call has forgotten the registers, the other path has not,
;; so the label asks for the frame slot and the path without the call stores.
(module
  (func $g)
  (func (param i32 i32) (result i32)
    local.get 0
    if
      call $g
    else
      local.get 1
      i32.const 1
      i32.add
      local.set 1
    end
    local.get 1))

;; Code
;; function 0 $g
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 e8 ff ff ff         lea r11, [rsp - 24]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 05 00 00 00               jb +0x1c
;;     | 0017  4c 89 dc                        mov rsp, r11
;;   end
;;     | 001a  c9                              leave
;;     | 001b  c3                              ret
;;   behind the function
;;     | 001c  0f 0b                           ud2
;; function 1
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 c8 ff ff ff         lea r11, [rsp - 56]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 32 00 00 00               jb +0x49
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  49 89 f9                        mov r9, rdi
;;     | 001d  49 89 f2                        mov r10, rsi
;;   local.get 0
;;   if
;;     | 0020  45 85 c9                        test r9d, r9d
;;     | 0023  0f 84 0f 00 00 00               je +0x38
;;     call 0
;;     | 0029  44 89 55 d0                     mov [rbp - 48], r10d
;;     | 002d  ff 15 00 00 00 00               call [rip]
;;   else
;;     | 0033  e9 0c 00 00 00                  jmp +0x44
;;     local.get 1
;;     i32.const 1
;;     i32.add
;;     local.set 1
;;     | 0038  41 83 c2 01                     add r10d, 1
;;   end
;;     | 003c  44 89 4d d8                     mov [rbp - 40], r9d
;;     | 0040  44 89 55 d0                     mov [rbp - 48], r10d
;;   local.get 1
;;   end
;;     | 0044  8b 45 d0                        mov eax, [rbp - 48]
;;     | 0047  c9                              leave
;;     | 0048  c3                              ret
;;   behind the function
;;     | 0049  0f 0b                           ud2
