;; A loop's header wants what the body writes in registers. The check of the stack limit is how a loop is interrupted; its
;; cold half stands behind the function.
(module
  (func (param i32) (result i32) (local i32)
    loop
      local.get 1
      local.get 0
      i32.add
      local.set 1
      local.get 0
      i32.const -1
      i32.add
      local.tee 0
      br_if 0
    end
    local.get 1))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 c8 ff ff ff         lea r11, [rsp - 56]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 20 00 00 00               jb +0x37
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  49 89 fa                        mov r10, rdi
;;     | 001d  45 31 c9                        xor r9d, r9d
;;   loop
;;     | 0020  49 3b 26                        cmp rsp, [r14]
;;     | 0023  0f 82 10 00 00 00               jb +0x39
;;     local.get 1
;;     local.get 0
;;     i32.add
;;     local.set 1
;;     | 0029  45 01 d1                        add r9d, r10d
;;     local.get 0
;;     i32.const -1
;;     i32.add
;;     local.tee 0
;;     | 002c  41 83 c2 ff                     add r10d, -1
;;     br_if 0
;;     | 0030  75 ee                           jne +0x20
;;   end
;;   local.get 1
;;   end
;;     | 0032  44 89 c8                        mov eax, r9d
;;     | 0035  c9                              leave
;;     | 0036  c3                              ret
;;   behind the function
;;     | 0037  0f 0b                           ud2
;;     | 0039  0f 0b                           ud2
;;     | 003b  eb ec                           jmp +0x29
