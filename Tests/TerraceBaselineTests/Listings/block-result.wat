;; A branch carries a single result in rax, the place that the end of the block agrees on.
(module
  (func (param i32) (result i32)
    block (result i32)
      i32.const 1
      local.get 0
      br_if 0
      drop
      i32.const 2
    end))

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
;;   block
;;     i32.const 1
;;     local.get 0
;;     br_if 0
;;     | 001d  45 85 d2                        test r10d, r10d
;;     | 0020  0f 84 0a 00 00 00               je +0x30
;;     | 0026  b8 01 00 00 00                  mov eax, 1
;;     | 002b  e9 05 00 00 00                  jmp +0x35
;;     drop
;;     i32.const 2
;;   end
;;     | 0030  b8 02 00 00 00                  mov eax, 2
;;   end
;;     | 0035  c9                              leave
;;     | 0036  c3                              ret
;;   behind the function
;;     | 0037  0f 0b                           ud2
