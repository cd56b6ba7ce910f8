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
;;     | 0006  4c 8d 9c 24 f8 ff ff ff         lea r11, [rsp - 8]
;;     | 000e  4d 3b 1e                        cmp r11, qword ptr [r14]
;;     | 0011  0f 82 05 00 00 00               jb 0x1c
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
;;     | 0006  4c 8d 9c 24 d8 ff ff ff         lea r11, [rsp - 40]
;;     | 000e  4d 3b 1e                        cmp r11, qword ptr [r14]
;;     | 0011  0f 82 2f 00 00 00               jb 0x46
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  48 89 f3                        mov rbx, rsi
;;     | 001d  49 89 fc                        mov r12, rdi
;;   local.get 0
;;   if
;;     | 0020  45 85 e4                        test r12d, r12d
;;     | 0023  0f 84 0e 00 00 00               je 0x37
;;     call 0
;;     | 0029  89 5d e8                        mov dword ptr [rbp - 24], ebx
;;     | 002c  ff 15 00 00 00 00               call qword ptr [rip]
;;   else
;;     | 0032  e9 0a 00 00 00                  jmp 0x41
;;     local.get 1
;;     i32.const 1
;;     i32.add
;;     local.set 1
;;     | 0037  83 c3 01                        add ebx, 1
;;   end
;;     | 003a  89 5d e8                        mov dword ptr [rbp - 24], ebx
;;     | 003d  44 89 65 f0                     mov dword ptr [rbp - 16], r12d
;;   local.get 1
;;   end
;;     | 0041  8b 45 e8                        mov eax, dword ptr [rbp - 24]
;;     | 0044  c9                              leave
;;     | 0045  c3                              ret
;;   behind the function
;;     | 0046  0f 0b                           ud2
